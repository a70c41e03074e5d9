import { access } from "./flowith/access.ts";
import { functions } from "./flowith/functions.ts";
import { rowChanges } from "./flowith/row-changes.ts";
import { tables } from "./flowith/tables.ts";

/**
 * A stand-in for the database behind the Flowith web app. Only table and column names that clients were seen to use
 * come from the real service; types, constraints and policies are assumptions. Loads into PostgreSQL 15 and newer.
 */
export const flowithSchema: string = `
-- A stand-in for the database behind the Flowith web app.
-- Only table and column names that clients were seen to use are taken from the
-- real service; types, constraints, policies and everything else are assumptions.
-- Loads unchanged into PostgreSQL 15 or newer (server) and into PGlite, as the
-- database owner. Nothing here needs an extension.
${tables}${access}${rowChanges}${functions}`;
