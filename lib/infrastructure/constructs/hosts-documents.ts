import { createHash } from 'node:crypto';
import { CfnMapping, Fn } from 'aws-cdk-lib';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { compile, type HostDocument } from '../../hosts/compile.ts';
import { auditHosts } from '../../hosts/documents/audit-host.ts';
import { confirmHost } from '../../hosts/documents/confirm-host.ts';
import { hardenHosts } from '../../hosts/documents/harden-host.ts';
import { rollbackHost } from '../../hosts/documents/rollback-host.ts';
import { hostControls } from '../../hosts/index.ts';
import { canonicalJson } from '../../support/canonical-json.ts';

/** The documents for the areas that a baseline wants; throws where one is too large. */
export const documentsFor = (areas: readonly string[]): readonly HostDocument[] => {
  const controls = hostControls.filter(({ area }) => areas.includes(area));
  return [...auditHosts(controls), ...hardenHosts(controls), confirmHost, rollbackHost].map(
    compile,
  );
};

/** `kinds/sshd.fix` → `KindsSshdFix`: a mapping takes letters and digits. */
const keyOf = (part: string): string =>
  part.replace(/(?:^|\W|_)(\w)/g, (_, first: string) => first.toUpperCase());

/** A document's content in a template: what it has of the shell library stands once, in a mapping. */
const contentIn = (shell: CfnMapping, { content, script }: HostDocument): unknown => {
  const pieces = script.map(({ part, text }) =>
    part === undefined ? text : shell.findInMap(keyOf(part), 'Text'),
  );
  const { mainSteps, ...rest } = JSON.parse(content);
  const [step] = mainSteps;
  const inputs = { ...step.inputs, runCommand: [Fn.join('\n', pieces)] };
  return { ...rest, mainSteps: [{ ...step, inputs }] };
};

const textsOf = (documents: readonly HostDocument[]) =>
  Object.fromEntries(
    documents
      .flatMap(({ script }) => script)
      .flatMap(({ part, text }) => (part === undefined ? [] : [[keyOf(part), { Text: text }]])),
  );

/**
 * Keeps the documents in the account; a changed one becomes a version of its own, as none with a name can be replaced.
 * Most of each is what the others have as well, and a template with all of it in each would be as long as CloudFormation
 * takes one.
 */
export const keepDocuments = (scope: Construct, documents: readonly HostDocument[]): void => {
  const shell = new CfnMapping(scope, 'HostShell', { mapping: textsOf(documents) });
  for (const document of documents)
    new CfnDocument(scope, document.name.replace(/^Plumbline-/, ''), {
      name: document.name,
      content: contentIn(shell, document),
      documentFormat: 'JSON',
      documentType: 'Command',
      targetType: '/AWS::EC2::Instance',
      updateMethod: 'NewVersion',
    });
};

/** What the handlers know of a document that audits. */
export interface AuditsDocument {
  readonly name: string;
  readonly hash: string;
  /** SHA-256 of the content as canonical JSON. */
  readonly content: string;
  readonly areas: readonly string[];
}
/** What the handlers know of a document that changes hosts. */
export type ChangesDocument = Omit<AuditsDocument, 'areas'>;
const auditName = /^Plumbline-AuditHost(?:-(\w+))?$/;

const asKnown = ({
  name,
  hash,
  content,
}: Pick<HostDocument, 'name' | 'hash' | 'content'>): ChangesDocument => ({
  name,
  hash,
  content: createHash('sha256')
    .update(canonicalJson(JSON.parse(content)))
    .digest('hex'),
});

/** The documents that audit, and the areas that each is for: that of its name, or all. */
export const auditsAmong = (
  documents: readonly HostDocument[],
  areas: readonly string[],
): readonly AuditsDocument[] =>
  documents.flatMap(({ name, hash, content }) => {
    const [whole, area] = auditName.exec(name) ?? [];
    if (whole === undefined) return [];
    const known = asKnown({ name, hash, content });
    return [{ ...known, areas: area === undefined ? areas : [area] }];
  });

/** These documents that change hosts, with those that confirm it and take it back. */
export const changesAmong = (
  documents: readonly HostDocument[],
  hardening: readonly string[],
): readonly ChangesDocument[] => {
  const names = [...hardening, confirmHost.name, rollbackHost.name];
  return documents.filter(({ name }) => names.includes(name)).map(asKnown);
};
