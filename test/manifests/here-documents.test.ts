import { asBuildKitReads } from '../../lib/manifests/dockerfile/here-documents.ts';
import { verdictOn } from './checking.ts';

/** Instructions below `FROM debian:12`, and whether the image that they make runs as root. */
const cases: Readonly<Record<string, readonly [below: string, verdict: 'PASS' | 'FAIL']>> = {
  'a document': ['RUN <<EOF\nUSER app\nEOF', 'FAIL'],
  'a document with its name in quotes': ['RUN <<"EOF"\nUSER app\nEOF', 'FAIL'],
  'a document with a part of its name in quotes': ['RUN cat <<E"O"F\nUSER app\nEOF', 'FAIL'],
  'a document that is indented': ['RUN <<-EOF\n\tUSER app\n\tEOF', 'FAIL'],
  'a user below one that is indented': ['RUN <<-EOF\n\tEOF\nUSER app', 'PASS'],
  'two documents': ['RUN cat <<A > x && cat <<B > y\nUSER app\nA\nUSER app\nB', 'FAIL'],
  'a document of a number': ['RUN cat 3<<EOF\nUSER app\nEOF', 'FAIL'],
  'a document on a second line': ['RUN cat \\\n <<EOF\nUSER app\nEOF', 'FAIL'],
  'a document before a second line': ['RUN cat <<EOF \\\n > x\nUSER app\nEOF', 'FAIL'],
  'a document that is copied': ['COPY <<EOF /x\nUSER app\nEOF', 'FAIL'],
  'a document for others': ['ONBUILD COPY <<EOF /x\nUSER app\nEOF', 'FAIL'],
  'an end with a blank, which is none': ['RUN <<EOF\nEOF \nUSER app\nEOF', 'FAIL'],
  'a document with ends of Windows': ['RUN <<EOF\r\nUSER app\r\nEOF\r', 'FAIL'],
  'a user below a document': ['RUN <<EOF\nls\nEOF\nUSER app', 'PASS'],
  'a sign in quotes': ['USER app\nRUN echo "a <<EOF"\nUSER root', 'FAIL'],
  'a sign in single quotes': ["USER app\nRUN echo 'a <<EOF b'\nUSER root", 'FAIL'],
  'a sign in quotes, and what may end it': [
    "USER app\nRUN echo 'a <<RUN '\nUSER root\nRUN\\\n ls",
    'FAIL',
  ],
  'a sign in quotes over two lines': ['USER app\nRUN echo "a \\\n <<EOF"\nUSER root', 'FAIL'],
  'a sign behind a quote that is not closed': ["USER app\nRUN echo it's <<EOF\nUSER root", 'FAIL'],
  'a sign behind an escape': ['USER app\nRUN echo \\<<EOF\nUSER root', 'FAIL'],
  'a sign behind an escaped blank': ['USER app\nRUN echo \\ <<EOF\nUSER root', 'FAIL'],
  'a sign behind a letter': ['USER app\nRUN echo a<<EOF\nUSER root', 'FAIL'],
  'a sign in a sum': ['USER app\nRUN echo $((1<<EOF))\nUSER root', 'FAIL'],
  'a sign of a text': ['USER app\nRUN cat <<<EOF\nUSER root', 'FAIL'],
  'a sign with two names': ['USER app\nRUN cat <<A<<B\nUSER root', 'FAIL'],
  'a sign without a name': ['USER app\nRUN cat <<\nUSER root', 'FAIL'],
  'a dash without a name': ['USER app\nRUN cat <<-\nUSER root', 'FAIL'],
  'a sign in JSON': ['USER app\nRUN ["cat", "<<EOF"]\nUSER root', 'FAIL'],
  'a sign of a label': ['USER app\nLABEL a=<<EOF\nUSER root', 'FAIL'],
  'a sign of a command': ['USER app\nCMD cat <<EOF\nUSER root', 'FAIL'],
  'a line that goes on over an empty one': ['RUN echo a \\\n\nUSER app', 'FAIL'],
  'a line that goes on over a comment': ['RUN echo a \\\n# b \\\nUSER app', 'FAIL'],
  'a comment that goes on nowhere': ['USER app\n# a \\\nUSER root', 'FAIL'],
  'a form feed before': ['USER app\n\fUSER root', 'FAIL'],
  'a tab of lines between': ['USER app\nUSER\x0broot', 'FAIL'],
  'a blank that does not break before': ['USER app\n\u00a0USER root', 'FAIL'],
};

describe('the user of an image is the one that BuildKit finds', () => {
  it.each(Object.entries(cases))('%s', async (_, [below, verdict]) => {
    const text = `FROM debian:12\n${below}\n`;
    expect(await verdictOn(text, 'PL.DOCKER.1', {}, 'Dockerfile')).toBe(verdict);
  });

  it('also where another sign goes on', async () => {
    const own = (below: string) =>
      verdictOn(`# escape=\`\nFROM debian:12\n${below}\n`, 'PL.DOCKER.1', {}, 'Dockerfile');
    expect(await own('RUN cat `\n <<EOF\nUSER app\nEOF')).toBe('FAIL');
    expect(await own('USER app\nRUN dir c:\\\nUSER root')).toBe('FAIL');
  });
});

it('keeps every offset of a text', () => {
  for (const [below] of Object.values(cases))
    expect(asBuildKitReads(below)).toHaveLength(below.length);
});

it('says of a step what is written', async () => {
  const text = 'FROM debian:12\nRUN echo "a <<EOF" && curl https://a.example/x | sh\nUSER app\n';
  expect(await verdictOn(text, 'PL.DOCKER.9', {}, 'Dockerfile')).toBe('FAIL');
});
