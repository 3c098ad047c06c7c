import { createHash } from 'node:crypto';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { canonicalJson } from '../engine/canonical-json.ts';
import { compile, type HostDocument } from '../hosts/compile.ts';
import { auditHosts } from '../hosts/documents/audit-host.ts';
import { confirmHost } from '../hosts/documents/confirm-host.ts';
import { hardenHosts } from '../hosts/documents/harden-host.ts';
import { rollbackHost } from '../hosts/documents/rollback-host.ts';
import { hostControls } from '../hosts/index.ts';

/** The documents for the areas that a baseline wants; throws where one is too large. */
export const documentsFor = (areas: readonly string[]): readonly HostDocument[] => {
  const controls = hostControls.filter(({ area }) => areas.includes(area));
  return [...auditHosts(controls), ...hardenHosts(controls), confirmHost, rollbackHost].map(
    compile,
  );
};

/** Keeps the documents in the account; a changed one becomes a version of its own, as none with a name can be replaced. */
export const keepDocuments = (scope: Construct, documents: readonly HostDocument[]): void => {
  for (const { name, content } of documents)
    new CfnDocument(scope, name.replace(/^Plumbline-/, ''), {
      name,
      content: JSON.parse(content),
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
const auditName = /^Plumbline-AuditHost(?:-(\w+))?$/;

/** The documents that audit, and the areas that each is for: that of its name, or all. */
export const auditsAmong = (
  documents: readonly HostDocument[],
  areas: readonly string[],
): readonly AuditsDocument[] =>
  documents.flatMap(({ name, hash, content }) => {
    const [whole, area] = auditName.exec(name) ?? [];
    if (whole === undefined) return [];
    const canonical = canonicalJson(JSON.parse(content));
    return [
      {
        name,
        hash,
        content: createHash('sha256').update(canonical).digest('hex'),
        areas: area === undefined ? areas : [area],
      },
    ];
  });
