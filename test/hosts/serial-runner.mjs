// Jest's own runner, one file at a time: hosts time what they do, and each wants a core.
import { createRequire } from 'node:module';

const ofJest = createRequire(createRequire(import.meta.url).resolve('@jest/core'));
const { default: TestRunner } = ofJest('jest-runner');

export default class SerialRunner extends TestRunner {
  isSerial = true;
}
