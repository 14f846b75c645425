/** A shop on this machine whose pictures are fetched: most of them are fine. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png } from '../backend-node/photos.ts';

/** Small, and each another. */
const pictureOf = (number: number): Buffer => png(60 + number, 40, [number * 9, 120, 200 - number * 7]);

const answer: RequestListener = ({ url = '' }, response) => {
  const number = /^\/(\d+)\.png$/.exec(url)?.[1];
  if (number !== undefined) return void response.setHeader('Content-Type', 'image/png').end(pictureOf(Number(number)));
  if (url === '/page.jpg')
    return void response.setHeader('Content-Type', 'text/html').end('<h1>Sold out</h1>'.repeat(99));
  if (url === '/circle.jpg') return void response.writeHead(302, { Location: '/circle.jpg' }).end();
  if (url !== '/cut.png') return void response.writeHead(404).end();
  const bytes = pictureOf(200);
  response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
};

export class Shop {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Shop> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Shop(server);
  }

  /** host:port */
  get place(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  at(path: string): string {
    return `http://${this.place}/${path}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
