/** Figures of this process, as Prometheus reads them. */
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Processing } from '../../processing/processing.ts';

const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180];
const PREFIX = 'vitrine_gateway_';

export class Metrics {
  readonly contentType: string;
  /** Counts every request once it has ended. */
  readonly count: RequestHandler;
  readonly #registry = new Registry();

  constructor(processing: Pick<Processing, 'listen' | 'refusing'>) {
    this.contentType = this.#registry.contentType;
    collectDefaultMetrics({ register: this.#registry });
    this.count = this.#counting();
    this.#hear(processing);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counting(): RequestHandler {
    const duration = this.#histogram('request_duration_seconds', 'Requests by pattern of their address.', [
      'method',
      'route',
      'status',
    ]);
    return (req, res, next) => {
      const started = performance.now();
      res.once('close', () => {
        // Addresses hold ids: their number is not bounded, that of the patterns is.
        const path: unknown = (req.route as { readonly path?: unknown } | undefined)?.path;
        const route = typeof path === 'string' ? path : 'none';
        const method = METHODS.has(req.method) ? req.method : 'other';
        const status = res.writableFinished ? String(res.statusCode) : 'aborted';
        duration.labels(method, route, status).observe((performance.now() - started) / 1000);
      });
      next();
    };
  }

  #hear(processing: Pick<Processing, 'listen' | 'refusing'>): void {
    const duration = this.#histogram('processing_duration_seconds', 'Calls of the processing service.', [
      'verb',
      'outcome',
    ]);
    processing.listen(({ verb, outcome, elapsed_ms }) => duration.labels(verb, outcome).observe(elapsed_ms / 1000));
    new Gauge({
      name: `${PREFIX}processing_refused`,
      help: '1 while calls of the processing service are refused at once, because the last ones failed.',
      registers: [this.#registry],
      collect() {
        this.set(processing.refusing ? 1 : 0);
      },
    });
  }

  #histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    const registers = [this.#registry];
    return new Histogram({ name: `${PREFIX}${name}`, help, labelNames, buckets: BUCKETS_S, registers });
  }
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
