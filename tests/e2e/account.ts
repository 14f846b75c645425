/** What a story finds there already: put in by the API, as a program would. */
import { formOf } from '../backend-node/photos.ts';

export interface Put {
  readonly id: string;
  readonly name: string;
}

interface Upload {
  readonly items: readonly { readonly image?: Put }[];
}

export class Account {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static signUp(url: string, person: { name: string; email: string; password: string }): Promise<Account> {
    return Account.#from(url, '/auth/register', person);
  }

  /** Of somebody who has an account. */
  static signIn(url: string, email: string, password: string): Promise<Account> {
    return Account.#from(url, '/auth/login', { email, password });
  }

  static async #from(url: string, path: string, person: object): Promise<Account> {
    const { access_token } = await new Account(url, '').call<{ access_token: string }>('POST', path, person);
    return new Account(url, access_token);
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await (await this.open(method, path, body)).text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** What an operation makes of a picture. */
  async preview(image: string, steps: readonly unknown[]): Promise<Buffer> {
    const wish = { recipe: { steps, output: { format: 'png' } }, max_px: 1024 };
    const answer = await this.open('POST', `/images/${image}/preview`, wish);
    return Buffer.from(await answer.arrayBuffer());
  }

  async open(method: string, path: string, body?: unknown): Promise<Response> {
    const form = body instanceof FormData;
    const answer = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.#token !== '' && { Authorization: `Bearer ${this.#token}` }),
        ...(!form && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`Expected ${method} ${path} to work, got ${answer.status}: ${await answer.text()}`);
    return answer;
  }

  /** Names and bytes in one request; ids in the same order. */
  async upload(
    files: readonly (readonly [string, Uint8Array<ArrayBuffer>])[],
    fields: Record<string, string> = {},
  ): Promise<Put[]> {
    const { items } = await this.call<Upload>('POST', '/images', formOf(files, fields));
    return items.map(({ image }) => {
      if (!image) throw new Error('Expected each picture to be taken in');
      return image;
    });
  }
}
