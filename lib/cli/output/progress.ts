import { columnsOf } from '../../reports/wrap.ts';

/** A line on standard error that is written over; silent where that is no terminal. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const everyMilliseconds = 80;

export const progress = (stream: NodeJS.WriteStream): Progress => {
  let last = 0;
  const write = (text: string) => {
    if (stream.isTTY) stream.write(`\r\u001b[K${text.slice(0, (columnsOf(stream) ?? 80) - 1)}`);
  };
  return {
    show(text) {
      const now = performance.now();
      if (now - last < everyMilliseconds) return;
      last = now;
      write(text);
    },
    clear: () => write(''),
  };
};
