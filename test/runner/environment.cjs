// The environment of a test file that shares the modules of its worker: Node's own globals, put back when the file is over.
const { createRequire } = require('node:module');

// As Jest has them: they are parts of Jest, and no dependencies of ours.
const ofJest = createRequire(require.resolve('jest'));
const ofCore = createRequire(ofJest.resolve('@jest/core'));
const ofRuntime = createRequire(ofCore.resolve('jest-runtime'));
const { ModernFakeTimers } = ofRuntime('@jest/fake-timers');
const { ModuleMocker } = ofRuntime('jest-mock');

const become = (all) => {
  for (const name of Object.keys(process.env)) if (!(name in all)) delete process.env[name];
  Object.assign(process.env, all);
};

module.exports = class {
  constructor({ projectConfig }) {
    // What Jest puts here are the functions of this one file: globals.mjs gives those of the file that is running.
    this.global = { process, console };
    this.before = {
      env: { ...process.env },
      folder: process.cwd(),
      exit: process.exit,
      exitCode: process.exitCode,
    };
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {
    // Errors of failed assertions are shown by Jest, which needs more of the stack than Node keeps. Each `expect` and each
    // token of the CDK keeps a stack: of the 100 calls that Jest asks for, a failure needs no more than these.
    Error.stackTraceLimit = 25;
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    const { env, folder, exit, exitCode } = this.before;
    become(env);
    process.chdir(folder);
    process.exit = exit;
    process.exitCode = exitCode;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest asks for one, and this runtime needs none. */
  getVmContext() {
    return null;
  }
};
