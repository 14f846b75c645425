/** Somebody's web server with pictures, and what else is met out there. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Shop {
  /** By path. */
  readonly pictures = new Map<string, Buffer>();
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();
  /** These answers are 503 once and then as they should be. */
  readonly shaky = new Set<string>();
  /** These always are. */
  readonly down = new Set<string>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Shop> {
    const server = createServer();
    const shop = new Shop(server);
    server.on('request', ({ url: path = '' }, res) => {
      shop.asked.set(path, (shop.asked.get(path) ?? 0) + 1);
      const picture = shop.pictures.get(path);
      if (shop.shaky.delete(path) || shop.down.has(path)) res.writeHead(503).end();
      else if (picture) res.writeHead(200, { 'Content-Type': 'image/png' }).end(picture);
      else res.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return shop;
  }

  get place(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Its address. */
  put(path: string, picture: Buffer): string {
    this.pictures.set(path, picture);
    return this.url(path);
  }

  url(path: string): string {
    return `http://${this.place}${path}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
