import { isRecord } from '../../support/untyped.ts';
import type { Answer } from './call.ts';

/** Code and message of an error answer, whichever form its service writes it in. */
export const wireErrorOf = ({ status, headers, body }: Answer) => {
  if (status < 300) return undefined;
  const text = body.toString();
  const [code, message] = text.trimStart().startsWith('{') ? inJson(text) : inXml(text);
  const header = headers['x-amzn-errortype'];
  return { code: bare(header ?? code ?? String(status)), message: message ?? '' };
};

const inJson = (text: string) => {
  const fault: unknown = JSON.parse(text);
  if (!isRecord(fault)) return [];
  return [
    fault['__type'] ?? fault['Code'] ?? fault['code'],
    fault['message'] ?? fault['Message'],
  ].map((value) => (typeof value === 'string' ? value : undefined));
};

const inXml = (text: string) =>
  ['Code', 'Message'].map((name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]);

// `aws.protocoltests#Fault:http://…`
const bare = (code: string) => code.replace(/^.*#/, '').replace(/:.*$/, '');
