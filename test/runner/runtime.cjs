// A runtime of Jest that loads a test file as Node does: what it imports is loaded once for all files of a worker, and
// not once for each file. That takes most of the processor's time of a file that loads the catalogue, SDKs or the CDK.
const asyncHooks = require('node:async_hooks');
const { readFileSync } = require('node:fs');
const { createRequire, register } = require('node:module');
const { dirname } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { compileFunction } = require('node:vm');
const { fileOf } = require('./kept.cjs');

register('./hooks.mjs', pathToFileURL(__filename));
/** What tests call, as globals. */
const globals = import('./globals.mjs');
const current = Symbol.for('plumbline.current');

/** What circus keeps of the file before: handlers of events, and how often a test is tried. */
const forget = () => {
  for (const symbol of Object.getOwnPropertySymbols(globalThis))
    if (
      /^(EVENT_HANDLERS|RETRY_TIMES|RETRY_IMMEDIATELY|LOG_ERRORS_BEFORE_RETRY|WAIT_BEFORE_RETRY|TEST_TIMEOUT_SYMBOL|JEST_STATE_SYMBOL)$/.test(
        symbol.description ?? '',
      )
    )
      delete globalThis[symbol];
};

/** What circus has for the file that is running. While one is on, each promise that is made pays for it. */
const storages = [];
class Storage extends asyncHooks.AsyncLocalStorage {
  constructor(...given) {
    super(...given);
    storages.push(this);
  }
}
const compiled = new Map();
/** Runs a part of Jest for a file, from code that is compiled once; that of the file before ends. */
const begun = (path) => {
  for (const storage of storages.splice(0)) storage.disable();
  const known =
    compiled.get(path) ??
    compileFunction(readFileSync(path, 'utf8'), ['exports', 'require', 'module', '__dirname'], {
      filename: path,
    });
  compiled.set(path, known);
  const ofPath = createRequire(path);
  const required = (name) =>
    name === 'node:async_hooks' ? { ...asyncHooks, AsyncLocalStorage: Storage } : ofPath(name);
  const part = { exports: {} };
  known(part.exports, Object.assign(required, ofPath), part, dirname(path));
  return part.exports;
};

/** The map of a file's lines, for the stack of an error that names it. */
const mapOf = (url) => {
  const path = fileURLToPath(url.replace(/\?.*/, ''));
  return `${fileOf(path, readFileSync(path, 'utf8'))}.map`;
};
class Maps extends Map {
  get(url) {
    if (!super.has(url) && /^file:.*\.ts(\?|$)/.test(url)) super.set(url, mapOf(url));
    return super.get(url);
  }
}
const maps = new Maps();

let files = 0;
module.exports = class {
  constructor(config, environment) {
    this.config = config;
    this.environment = environment;
    forget();
  }

  requireInternalModule(path) {
    return begun(path);
  }

  requireModule(path) {
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    await globals;
    // Anew each time: another file can have imported it, and a file is tried again.
    await import(`${pathToFileURL(path).href}?file=${++files}`);
  }

  setGlobalsForRuntime(globals) {
    const { moduleMocker, fakeTimersModern: timers } = this.environment;
    const set = (name) => (value) => {
      globalThis[Symbol.for(name)] = value;
    };
    const jest = {
      fn: moduleMocker.fn.bind(moduleMocker),
      spyOn: moduleMocker.spyOn.bind(moduleMocker),
      restoreAllMocks: () => moduleMocker.restoreAllMocks(),
      useFakeTimers: (options) => timers.useFakeTimers(options),
      useRealTimers: () => timers.useRealTimers(),
      setSystemTime: (now) => timers.setSystemTime(now),
      advanceTimersByTimeAsync: (milliseconds) => timers.advanceTimersByTimeAsync(milliseconds),
      retryTimes: (times, { logErrorsBeforeRetry, retryImmediately } = {}) => {
        set('RETRY_TIMES')(times);
        set('LOG_ERRORS_BEFORE_RETRY')(logErrorsBeforeRetry);
        set('RETRY_IMMEDIATELY')(retryImmediately);
      },
    };
    globalThis[current] = { ...globals, jest };
  }

  enterTestCode() {}

  leaveTestCode() {}

  getSourceMaps() {
    return maps;
  }

  getAllCoverageInfoCopy() {}

  teardown() {}
};
