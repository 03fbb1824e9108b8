import type { ComponentType } from "preact";
import type { Location } from "./location";
import { Config } from "./pages/Config";
import { Contracts } from "./pages/Contracts";
import { Grid } from "./pages/Grid";
import { Requests } from "./pages/Requests";
import { Routes } from "./pages/Routes";
import { Sessions } from "./pages/Sessions";
import { Upstreams } from "./pages/Upstreams";

export interface Page {
  id: string;
  title: string;
  /** The path of a picture of 20 by 20. */
  icon: string;
  View: ComponentType<{ at: Location }>;
}

export const PAGES: Page[] = [
  {
    id: "contracts",
    title: "Contracts",
    icon: "M3 5h5v4H3zM12 3h5v4h-5zM12 13h5v4h-5zM8 7l4-2M8 7.5 12 15",
    View: Contracts,
  },
  {
    id: "routes",
    title: "Routes",
    icon: "M5 16a2 2 0 1 0 0-.01M15 4a2 2 0 1 0 0-.01M7 16h5a3 3 0 0 0 0-6H8a3 3 0 0 1 0-6h5",
    View: Routes,
  },
  { id: "upstreams", title: "Upstreams", icon: "M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01", View: Upstreams },
  { id: "requests", title: "Requests", icon: "M4 5h12M4 10h12M4 15h7M14 13l3 2-3 2", View: Requests },
  {
    id: "sessions",
    title: "Sessions",
    icon: "M10 9.5a3 3 0 1 0 0-.01M4 17c.6-3.2 3-5 6-5s5.400 1.800 6 5",
    View: Sessions,
  },
  {
    id: "grid",
    title: "Grid",
    icon: "M10 4a1.500 1.500 0 1 0 0-.01M4 15a1.500 1.500 0 1 0 0-.01M16 15a1.500 1.500 0 1 0 0-.01M9 6 5 12.500M11 6l4 6.500M6 15h8",
    View: Grid,
  },
  { id: "configuration", title: "Configuration", icon: "M4 6h7M15 6h1M4 14h1M9 14h7M11 4v4M7 12v4", View: Config },
];
