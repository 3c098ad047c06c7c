// A runtime of Jest that loads a test file as Node does: what it imports is loaded once for all files of a worker, and
// not once for each file. That takes most of the processor's time of a file that loads the catalogue, SDKs or the CDK.
const { readFileSync } = require('node:fs');
const { register } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');
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
    delete require.cache[path];
    return require(path);
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
