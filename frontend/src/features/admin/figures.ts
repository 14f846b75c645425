/** A few figures out of the text that the gateway keeps for Prometheus. */
export interface Figures {
  readonly started_at: number;
  readonly memory_bytes: number;
  readonly requests: number;
  /** Answered with 500 or more. */
  readonly failed: number;
  readonly processing_calls: number;
  readonly processing_ms: number;
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const REQUESTS = 'vitrine_gateway_request_duration_seconds_count';
const CALLS = 'vitrine_gateway_processing_duration_seconds';

export function figuresOf(text: string): Figures {
  const samples = text.split('\n').flatMap(sampleOf);
  const sum = (name: string, labels = /(?:)/) =>
    samples
      .filter((one) => one.name === name && labels.test(one.labels))
      .reduce((total, { value }) => total + value, 0);
  const calls = sum(`${CALLS}_count`);
  return {
    started_at: sum('process_start_time_seconds') * 1000,
    memory_bytes: sum('process_resident_memory_bytes'),
    requests: sum(REQUESTS),
    failed: sum(REQUESTS, /status="5/),
    processing_calls: calls,
    processing_ms: calls === 0 ? 0 : (sum(`${CALLS}_sum`) / calls) * 1000,
  };
}

function sampleOf(line: string): readonly Sample[] {
  const [, name = '', labels = '', value] = LINE.exec(line) ?? [];
  return name === '' ? [] : [{ name, labels, value: Number(value) }];
}
