/** What a broken network or a broken service does to a connection. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface BrokenServer {
  readonly url: string;
  /** How many connections there were. */
  readonly met: () => number;
  readonly closed: () => number;
  stop(): Promise<void>;
}

/** answer is called for each piece of bytes that comes in. */
export async function brokenServer(answer: (socket: Socket, received: string) => void): Promise<BrokenServer> {
  const sockets = new Set<Socket>();
  let met = 0;
  let closed = 0;
  const server = createServer((socket) => {
    met += 1;
    sockets.add(socket);
    socket.on('data', (data) => answer(socket, data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      closed += 1;
      sockets.delete(socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met: () => met,
    closed: () => closed,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
