/** Somebody's server that is told: keeps what came, and answers as it is bidden. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Letter {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export class Receiver {
  readonly letters: Letter[] = [];
  /** Of the next answers; 204 where there is none left. */
  readonly statuses: number[] = [];
  connections = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('connection', () => (receiver.connections += 1));
    server.on('request', (req, res) => {
      void text(req).then((body) => {
        receiver.letters.push({ path: req.url ?? '', headers: req.headers, body });
        res.writeHead(receiver.statuses.shift() ?? 204, { Location: receiver.url('/elsewhere') }).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get place(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.place}${path}`;
  }

  /** What came to a path. */
  at(path: string): readonly Letter[] {
    return this.letters.filter((letter) => letter.path === path);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export async function until(condition: () => boolean | Promise<boolean>, patience_ms = 15_000): Promise<void> {
  for (const latest = Date.now() + patience_ms; !(await condition());) {
    if (Date.now() > latest) throw new Error('waited in vain');
    await sleep(20);
  }
}
