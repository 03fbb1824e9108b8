import { KintoProvider } from "@kinto/client/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { kinto } from "./kinto";

createRoot(document.body).render(
  <StrictMode>
    <KintoProvider client={kinto}>
      <App />
    </KintoProvider>
  </StrictMode>,
);
