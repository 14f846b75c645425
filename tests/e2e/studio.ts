/** Everything a story needs, all of it real: both services as processes, the built app, and people with browsers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { GatewayProcess } from '../backend-node/gateway-process.ts';
import { freePort, startPyservice, type RunningService } from '../backend-node/pyservice.ts';
import { Account } from './account.ts';
import { launch } from './chromium.ts';

export const PASSWORD = 'correct horse battery staple';
const WAIT_MS = 30_000;

export type Environment = Readonly<Record<string, string>>;

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export class Studio {
  readonly home: string;
  readonly gateway: GatewayProcess;
  readonly #browser: Browser;
  readonly #environment: Environment;
  #contexts: BrowserContext[] = [];
  #windows: Window[] = [];
  #service: RunningService;

  private constructor(
    home: string,
    service: RunningService,
    gateway: GatewayProcess,
    browser: Browser,
    environment: Environment,
  ) {
    this.home = home;
    this.#service = service;
    this.gateway = gateway;
    this.#browser = browser;
    this.#environment = environment;
  }

  /** args: of the browser. environment: of the service that works on pictures. */
  static async start(args: readonly string[] = [], environment: Environment = {}): Promise<Studio> {
    const home = mkdtempSync(join(tmpdir(), 'vitrine-e2e-'));
    const service = await startPyservice(home, await freePort(), environment);
    const gateway = await GatewayProcess.start({ data_dir: home, service_url: service.url });
    return new Studio(home, service, gateway, await launch(args), environment);
  }

  get windows(): readonly Window[] {
    return this.#windows;
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
    this.#windows.push(window);
    await page.goto(this.url + path);
    return window;
  }

  /** The service that works on pictures goes away, as a crash does. */
  async stopService(): Promise<void> {
    await this.#service.stop();
  }

  /** And comes back at the same place, unless it is there. */
  async startService(): Promise<void> {
    if (this.#service.child.exitCode === null && this.#service.child.signalCode === null) return;
    this.#service = await startPyservice(this.home, this.#service.port, this.#environment);
  }

  async closeWindows(): Promise<void> {
    this.#windows = [];
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
  #expected: RegExp[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} ${message.location().url}`);
    });
  }

  /** Complaints like these are part of the story. */
  expect(...complaints: readonly RegExp[]): void {
    this.#expected.push(...complaints);
  }

  unexpected(): string[] {
    return this.complaints.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }

  async signUp(name: string, to = '/gallery'): Promise<Account> {
    const { page } = this;
    await this.go(`/sign-up?to=${encodeURIComponent(to)}`);
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Email').fill(emailOf(name));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.waitForURL((url) => url.pathname === to);
    return this.account(name);
  }

  async signIn(name: string, to = '/gallery'): Promise<void> {
    const { page } = this;
    await this.go(`/sign-in?to=${encodeURIComponent(to)}`);
    await page.getByLabel('Email').fill(emailOf(name));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === to);
  }

  /** The same person by the API. */
  account(name: string): Promise<Account> {
    return Account.signIn(new URL(this.page.url()).origin, emailOf(name), PASSWORD);
  }

  /** As typed into the address line. */
  async go(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.page.url()).href);
  }

  /** Files as a person chooses them, on the upload page. */
  async choose(button: string | RegExp, files: string | readonly Chosen[]): Promise<void> {
    const opened = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: button }).click();
    const chooser = await opened;
    await chooser.setFiles(typeof files === 'string' ? files : [...files]);
  }

  /** Files of the disk, held over the middle of the page and let go there. */
  async drop(...files: readonly string[]): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page);
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    const held = { items: [], files: [...files], dragOperationsMask: 1 };
    const move = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      devtools.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data: held });
    await move('dragEnter');
    await this.page.getByText('Drop to upload').waitFor();
    await move('dragOver');
    await move('drop');
    await devtools.detach();
  }

  /** What a click on it downloads. */
  async downloaded(target: Locator): Promise<Downloaded> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), target.click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }
}

export interface Downloaded {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const emailOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
