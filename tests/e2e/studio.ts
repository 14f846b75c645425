/** Everything a story needs, all of it real: both services as processes, the built app, and people with browsers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { GatewayProcess } from '../backend-node/gateway-process.ts';
import { freePort, startPyservice, type RunningService } from '../backend-node/pyservice.ts';
import { launch } from './chromium.ts';

export const PASSWORD = 'correct horse battery staple';
const WAIT_MS = 30_000;

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export class Studio {
  readonly home: string;
  readonly #pyservice: RunningService;
  readonly gateway: GatewayProcess;
  readonly #browser: Browser;
  #contexts: BrowserContext[] = [];
  #service: RunningService;

  private constructor(home: string, pyservice: RunningService, gateway: GatewayProcess, browser: Browser) {
    this.home = home;
    this.#pyservice = pyservice;
    this.#service = pyservice;
    this.gateway = gateway;
    this.#browser = browser;
  }

  static async start(args: readonly string[] = []): Promise<Studio> {
    const home = mkdtempSync(join(tmpdir(), 'vitrine-e2e-'));
    const pyservice = await startPyservice(home, await freePort());
    const gateway = await GatewayProcess.start({ data_dir: home, service_url: pyservice.url });
    return new Studio(home, pyservice, gateway, await launch(args));
  }

  get url(): string {
    return this.gateway.url;
  }

  /** A window of a browser that knows nothing yet. Whatever the page complains of fails the story, unless it is expected. */
  async open(path = '/', options: BrowserContextOptions = {}): Promise<Window> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      acceptDownloads: true,
      ...options,
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    const window = new Window(page);
    await page.goto(this.url + path);
    return window;
  }

  /** The service that works on pictures goes away, as a crash does. */
  async stopService(): Promise<void> {
    await this.#service.stop();
  }

  /** And comes back at the same place. */
  async startService(): Promise<void> {
    this.#service = await startPyservice(this.home, this.#pyservice.port);
  }

  async closeWindows(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async stop(): Promise<void> {
    await this.closeWindows();
    await this.#browser.close();
    await this.gateway.stop();
    await this.#service.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** A page and what it complained of. */
export class Window {
  readonly page: Page;
  readonly complaints: string[] = [];
  #expected: RegExp | undefined;

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Complaints like this are part of the story. */
  expect(complaint: RegExp): void {
    this.#expected = complaint;
  }

  unexpected(): string[] {
    return this.complaints.filter((text) => !(this.#expected?.test(text) ?? false));
  }

  async signUp(name: string): Promise<void> {
    const { page } = this;
    await page.goto(new URL('/sign-up', page.url()).href);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Email').fill(`${name.toLowerCase()}@example.com`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: /create/i }).click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  }

  /** Files as a person chooses them. */
  async upload(files: readonly string[]): Promise<void> {
    const { page } = this;
    await page.goto(new URL('/upload', page.url()).href);
    await page
      .locator('input[type=file]:not([webkitdirectory]):not([capture])')
      .first()
      .setInputFiles([...files]);
  }
}
