/** Makes errors that are a normal answer: where they come from is never looked up, and costs more than all the rest of them. */
export const withoutTrace = <T>(make: () => T): T => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
