/** Logs are events with fields: one JSON object a line, or text for people. */
import { pino, type DestinationStream, type Logger } from 'pino';
import { pinoPretty } from './pretty.ts';
import type { Settings } from './config.ts';

export type Log = Logger;

export function createLog(settings: Pick<Settings, 'log_level' | 'log_format'>, to?: DestinationStream): Log {
  const options = {
    level: settings.log_level === 'warning' ? 'warn' : settings.log_level,
    base: { service: 'gateway' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    messageKey: 'event',
  };
  if (to) return pino(options, to);
  return isForPeople(settings) ? pino(options, pinoPretty()) : pino(options);
}

const isForPeople = ({ log_format }: Pick<Settings, 'log_format'>): boolean =>
  log_format === 'auto' ? process.stdout.isTTY : log_format === 'console';
