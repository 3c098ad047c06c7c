import { PassThrough } from 'node:stream';
import { checkAskable, checkConfirmable, isAgreed, isConfirmed } from '../../lib/cli/ask-first.ts';

describe('asking first', () => {
  const answers: Record<string, [said: string, isAgreed: boolean]> = {
    'y agrees': ['y\n', true],
    'Yes agrees': [' Yes \n', true],
    'n does not': ['n\n', false],
    'nothing does not': ['\n', false],
    'another word does not': ['yesterday\n', false],
  };
  it.each(Object.entries(answers))('%s', async (_, [said, expected]) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.write(said);
    expect(await isAgreed('Do this?', {}, { input, output })).toBe(expected);
    const told = expected ? '' : 'Nothing was changed.\n';
    expect(String(output.read())).toBe(`Do this? [y/N] ${told}`);
  });

  it('an end of the input does not agree', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end();
    expect(await isAgreed('Do this?', {}, { input, output })).toBe(false);
  });

  it('needs no terminal where yes is said beforehand', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    expect(() => checkAskable({ yes: true, json: true }, { input, output })).not.toThrow();
    expect(await isAgreed('Do this?', { yes: true }, { input, output })).toBe(true);
  });
});

describe('confirming an action', () => {
  const id = `pl-${'0a'.repeat(10)}`;
  const typed: Record<string, [said: string, isConfirmed: boolean]> = {
    'its id does': [` ${id} \n`, true],
    'another id does not': [`pl-${'0b'.repeat(10)}\n`, false],
    'y does not': ['y\n', false],
    'nothing does not': ['\n', false],
  };
  it.each(Object.entries(typed))('%s', async (_, [said, expected]) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.write(said);
    expect(await isConfirmed(id, { yes: true }, { input, output })).toBe(expected);
    const told = expected ? '' : 'Nothing was changed.\n';
    expect(String(output.read())).toBe(`Type ${id} to take it back: ${told}`);
  });

  it('needs no terminal where this very action was named, whatever else is said', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const confirmed = { confirm: id, json: true };
    expect(() => checkConfirmable(id, confirmed, { input, output })).not.toThrow();
    expect(await isConfirmed(id, confirmed, { input, output })).toBe(true);
  });

  it('is refused where another one was named, or nobody can be asked', () => {
    const pipe = { input: new PassThrough(), output: new PassThrough() };
    const shell = { ...pipe, input: Object.assign(new PassThrough(), { isTTY: true }) };
    expect(() => checkConfirmable(id, { confirm: 'pl-1' }, shell)).toThrow(
      `--confirm says pl-1, and ${id} would be taken back`,
    );
    const say = `an undo is confirmed by its action: say --confirm ${id}`;
    expect(() => checkConfirmable(id, {}, pipe)).toThrow(say);
    expect(() => checkConfirmable(id, { yes: true }, shell)).toThrow(say);
    expect(() => checkConfirmable(id, { json: true }, shell)).toThrow(say);
    expect(() => checkConfirmable(id, {}, shell)).not.toThrow();
  });
});
