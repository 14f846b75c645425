/** Log lines for people: time, level, event, then the fields. */
import { PinoPretty } from 'pino-pretty';

export const pinoPretty = (): PinoPretty.PrettyStream =>
  PinoPretty({
    messageKey: 'event',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'service,pid,hostname',
    sync: true,
  });
