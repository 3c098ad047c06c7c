/** An error that is a normal answer: where it comes from is never looked up, and costs more than all the rest of it. */
export const withoutTrace = <E extends Error>(make: () => E): E => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
