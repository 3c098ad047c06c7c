import { PassThrough } from 'node:stream';
import { checkAskable, isAgreed } from '../../lib/cli/ask-first.ts';

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
