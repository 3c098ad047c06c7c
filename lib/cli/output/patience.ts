/** Says that something goes on where nothing was said for a while. */
export interface Patience {
  /** What was just said: the wait begins anew. */
  said(): void;
  end(): void;
}

const everyMs = 5_000;

/** @param say told every five seconds in which nothing else was said, with the seconds since the last word */
export const patience = (say: (seconds: number) => void): Patience => {
  let since = Date.now();
  const timer = setInterval(() => {
    const waited = Date.now() - since;
    if (waited >= everyMs) say(Math.round(waited / 1000));
  }, everyMs);
  return {
    said: () => {
      since = Date.now();
    },
    end: () => clearInterval(timer),
  };
};
