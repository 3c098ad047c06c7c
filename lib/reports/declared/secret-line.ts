/** Properties of CloudFormation, arguments of Terraform and variables that hold what nobody is to read. */
const names =
  '(?:pass(?:word|wd|phrase)|secret(?:[_-]?(?:string|binary|key))?|token|(?:api|access|private|signing|encryption)[_-]?key|connection[_-]?string)';
/** A reference to where it lies, or a switch. */
const noSecret =
  '(?:true|false|null)\\b|!(?:Ref|GetAtt|ImportValue)\\b|\\{\\s?["\']?(?:Ref|Fn::GetAtt|Fn::ImportValue)\\b|["\']?\\{\\{resolve:|["\']?arn:|(?:var|local|data|module)\\.|(?:aws|random)_\\w';
const assigned = new RegExp(
  `${names}["']?[^\\S\\n]{0,20}[:=][^\\S\\n]{0,20}(?!${noSecret})[^\\s#]`,
  'i',
);
/** As in a list of the variables of a container. */
const named = new RegExp(`\\bname["']?\\s{0,20}[:=]\\s{0,20}["']?[\\w.-]{0,100}${names}\\b`, 'i');
const valued = /\bvalue["']?\s{0,20}[:=]/i;
/** An address with a password. */
const address = /:\/\/[^\s/@:'"]{0,100}:[^\s/@'"]{1,200}@/;

/** Whether a secret stands in a line, by the name that it stands under, or in an address. */
export const isSecretLine = (line: string): boolean =>
  assigned.test(line) || address.test(line) || (named.test(line) && valued.test(line));
