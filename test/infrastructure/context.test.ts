import { createApp } from '../../lib/infrastructure/app.ts';

describe('the context of the CDK app', () => {
  const before = process.env['CDK_CONTEXT_JSON'];
  afterEach(() => {
    if (before === undefined) delete process.env['CDK_CONTEXT_JSON'];
    else process.env['CDK_CONTEXT_JSON'] = before;
  });
  it.each([
    ['basline', 'x.yaml', '-c basline means nothing here; did you mean baseline?'],
    ['stage', 'prod', '-c stage means nothing here; allowed: baseline, members'],
    ['members', 'yes', '-c members is yes; allowed: -c members=true, or none'],
    [
      'members',
      'true',
      'the baseline names no organization, so that there are no StackSets: leave -c members=true out',
    ],
    ['baseline', '', '-c baseline= is empty; give a file, such as -c baseline=plumbline.yaml'],
  ])('refuses -c %s=%s', async (name, value, sentence) => {
    process.env['CDK_CONTEXT_JSON'] = JSON.stringify({ [name]: value, '@aws-cdk/core:any': true });
    await expect(createApp()).rejects.toThrow(sentence);
  });
});
