/** What bench/load.ts compares with: Express sending the files of a folder, and nothing else. Prints its port. */
import type { AddressInfo } from 'node:net';
import express from 'express';

const root = process.argv[2] ?? '.';
const app = express();
app.disable('x-powered-by');
app.get('/:name', (req, res) => res.sendFile(req.params.name, { root }));
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
