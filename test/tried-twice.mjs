// For what runs on real processes, hosts and clocks of a busy machine: a test that fails is tried once more, and its
// failure is printed and listed at the end. Every night nothing is tried twice.
import { jest } from '@jest/globals';

if (process.env.PLUMBLINE_EXTENT !== 'exhaustive')
  jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
