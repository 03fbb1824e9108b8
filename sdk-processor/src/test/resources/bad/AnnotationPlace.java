package bad;

import dev.kinto.annotations.*;

/** Classes that no processor is shown. */
final class AnnotationPlace {
  interface ApiParam {}

  final Object field =
      new Object() {
        @RotatesToken
//      ^ KintoAnnotationPlace
        @Override
        public String toString() {
          return "";
        }
      };

  static {
    @Microservice("a")
//  ^ KintoAnnotationPlace
    class InInitializer {}
    new InInitializer();
  }

  final Runnable lambda =
      () ->
          new Thread() {
            @dev.kinto.annotations.ApiSuccess(group = "Session", field = "a-b")
//          ^ KintoAnnotationPlace
            @Override
            public void run() {}
          }.start();

  void body() {
    class Local {
      @Api(method = "GET", path = "/")
//    ^ KintoAnnotationPlace
      @ApiHeader(group = "Session", field = "auth-userId")
      void one() {}

      class Deeper {
        @ApiHeader(group = "Session", field = "auth-userId")
//      ^ KintoAnnotationPlace
        void two() {}
      }

      @Override
      @SuppressWarnings("unchecked")
      public String toString() {
        return "";
      }
    }
    new Local().one();
  }

  AnnotationPlace() {
    new Object() {
      @ApiName("x")
//    ^ KintoAnnotationPlace
      void inConstructor() {}
    }.inConstructor();
  }
}
