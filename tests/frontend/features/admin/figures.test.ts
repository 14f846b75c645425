import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../../frontend/src/features/admin/figures.ts';

const TEXT = `# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 223723520

process_start_time_seconds 1795188048
vitrine_gateway_request_duration_seconds_bucket{le="+Inf",method="GET",route="/images",status="200"} 7
vitrine_gateway_request_duration_seconds_count{method="GET",route="/images",status="200"} 7
vitrine_gateway_request_duration_seconds_count{method="GET",route="/images",status="503"} 2
vitrine_gateway_processing_duration_seconds_sum{verb="GET /about",outcome="200"} 0.3
vitrine_gateway_processing_duration_seconds_count{verb="GET /about",outcome="200"} 3
`;

describe('figures of the gateway', () => {
  it('adds up what is told by route and status', () => {
    expect(figuresOf(TEXT)).toMatchObject({ requests: 9, failed: 2, memory_bytes: 223_723_520 });
  });

  it('tells when it was started, and what a call of the service takes', () => {
    const { started_at, processing_calls, processing_ms } = figuresOf(TEXT);
    expect(started_at).toBe(1_795_188_048_000);
    expect(processing_calls).toBe(3);
    expect(processing_ms).toBeCloseTo(100);
  });

  it('is nothing but zeros where nothing is told', () => {
    expect(new Set(Object.values(figuresOf('')))).toEqual(new Set([0]));
  });
});
