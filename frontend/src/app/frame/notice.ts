/** What the banner says: for as long as something does not answer, and a moment longer that it is back. */
import { connection, type Connection } from '../../lib/api/connection.ts';
import { External } from '../../lib/api/external.ts';

export type Notice = Connection | 'back';

const BACK_MS = 4000;

export class Notices extends External<Notice> {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: Pick<External<Connection>, 'get' | 'follow'>) {
    super(source.get());
    source.follow(() => this.#hear(source.get()));
  }

  #hear(now: Connection): void {
    clearTimeout(this.#timer);
    this.set(now === 'good' ? 'back' : now);
    if (now === 'good') this.#timer = setTimeout(() => this.set('good'), BACK_MS);
  }
}

export const notices = new Notices(connection);
