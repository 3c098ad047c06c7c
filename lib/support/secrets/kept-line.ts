import { holdsSecret, isKeptUnder } from './kept-text.ts';
import { isSecretName } from './secret.ts';

/** An assignment of YAML, JSON, HCL or a shell; what follows is read again, for it can be one, too. */
const assigned =
  /(?<![\w$-])(?:["']([A-Za-z_][\w.-]{0,100})["']\s{0,20}[:=]|([A-Za-z_][\w.-]{0,100})[^\S\n]{0,20}(?::(?=[\s"'{[])|=(?![=>])))[^\S\n]{0,20}(?=("[^"]{0,2000}|'[^']{0,2000}|[^\s,;#}\])][^,;}\])\n]{0,2000}))/g;
/** Where it lies: a reference of CloudFormation, of Terraform. */
const reference =
  /^(?:!(?:Ref|GetAtt|ImportValue)\b|\{\s?["']?(?:Ref|Fn::GetAtt|Fn::ImportValue)\b|["']?\{\{resolve:|["']?arn:|["']?\$?\{?(?:var|local|data|module|each)\.|(?:aws|random)_\w)/;
/** What begins on the next line: a block of YAML, a here-document of HCL. */
const opening = /^(?:[|>][+-]?\d?$|<<)/;
/** As in a list of the variables of a container. */
const named =
  /\b(?:name|key|parametername|headername)["']?\s{0,20}[:=]\s{0,20}["']?([\w.-]{1,100})/gi;
const valued = /\b(?:value|headervalue|parametervalue)["']?\s{0,20}[:=]\s{0,20}\S/i;

const isKept = (name: string, written: string): boolean => {
  const value = written.trim();
  if (reference.test(value)) return false;
  if (opening.test(value)) return isSecretName(name);
  return isKeptUnder(name, value.replace(/^!\w+\s+/, '').replaceAll(/^["'{[]+|["']$/g, ''));
};

/** The names of secrets on a line. */
export const secretNamesOn = (line: string): readonly string[] =>
  [...line.matchAll(named)].flatMap(([, name = '']) => (isSecretName(name) ? [name] : []));

/** Whether a value stands on a line whose name is said elsewhere. */
export const isValueLine = (line: string): boolean => valued.test(line);

/** Terraform keeps to itself what is given to it so. https://developer.hashicorp.com/terraform/language/functions/sensitive */
const sensitive = /\b(?:sensitive|ephemeralasnull)\(\s*["<]/;

/** Whether a line that is read by itself has a secret on it, in whatever language it is written. */
export const isSecretLine = (line: string): boolean => {
  // As in JSON that stands in a text.
  const text = line.replaceAll('\\', '');
  return (
    holdsSecret(text) ||
    sensitive.test(text) ||
    [...text.matchAll(assigned)].some(([, quoted, plain, value = '']) =>
      isKept(quoted ?? plain ?? '', value),
    ) ||
    (isValueLine(text) && secretNamesOn(text).length > 0)
  );
};
