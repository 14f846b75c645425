/** Prints the OpenAPI document that GET /api/openapi.json answers. */
import { allRoutes } from '../contract/index.ts';
import { openapi } from '../contract/openapi/document.ts';
import { VERSION } from '../version.ts';

process.stdout.write(`${JSON.stringify(openapi(allRoutes, VERSION), undefined, 2)}\n`);
