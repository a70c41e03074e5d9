import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createClient } from "./client/create-client.ts";
import { readSettings } from "./client/settings.ts";
import { takeUpSession } from "./session/take-up-session.ts";
import { App } from "./shell/app.tsx";
import "./styles/index.css";

const flowith = createClient(readSettings(import.meta.env));
// Here, and not in a component, which may be made twice: a code works once.
const arrival = takeUpSession(flowith);

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element for the app.");
createRoot(root).render(
  <StrictMode>
    <App flowith={flowith} arrival={arrival} />
  </StrictMode>,
);
