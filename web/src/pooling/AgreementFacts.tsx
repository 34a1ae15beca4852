import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Agreement, PoolingDocument } from '../api/pooling';
import { DateText } from '../ui/DateText';
import { formatNumber } from '../ui/format';
import { AgreementChip } from './AgreementChip';
import { renewalWords } from './words';

/** What an agreement says, the same words for the syndicate and for its parties; `since`: from when the reader's authority is one of them. */
export function AgreementFacts({ one, since }: { one: Agreement; since?: string }) {
  const { i18n } = useLingui();
  return (
    <dl className="e-facts">
      <dt>
        <Trans>État</Trans>
      </dt>
      <dd>
        <AgreementChip status={one.status} />
      </dd>
      {since && (
        <>
          <dt>
            <Trans>Partie depuis</Trans>
          </dt>
          <dd>
            <DateText at={since} />
          </dd>
        </>
      )}
      <dt>
        <Trans>Début</Trans>
      </dt>
      <dd>
        <DateText at={one.startsOn} />
      </dd>
      <dt>
        <Trans>Fin</Trans>
      </dt>
      <dd>
        {one.endsOn ? <DateText at={one.endsOn} /> : <Trans>sans terme</Trans>}, {i18n._(renewalWords[one.renewal]).toLowerCase()}
      </dd>
      {one.lastOn && one.lastOn !== one.endsOn && (
        <>
          <dt>
            <Trans>Prend fin après le</Trans>
          </dt>
          <dd>
            <DateText at={one.lastOn} />
          </dd>
        </>
      )}
      <dt>
        <Trans>Préavis</Trans>
      </dt>
      <dd>
        <Plural value={one.noticeMonths} one="# mois" other="# mois" />
        {one.noticeBy && (
          <>
            {', '}
            <Trans>
              à donner avant le <DateText at={one.noticeBy} />
            </Trans>
          </>
        )}
      </dd>
      <dt>
        <Trans>Clé de répartition</Trans>
      </dt>
      <dd>{one.costKey?.name ?? <Trans>aucune</Trans>}</dd>
    </dl>
  );
}

/** The signed papers, and how heavy each is before one fetches it on a phone. */
export function AgreementPapers({ files, at }: { files: PoolingDocument[]; at: string }) {
  return (
    <ul>
      {files.map((file) => (
        <li key={file.id}>
          <a href={`${at}/documents/${file.id}`} download>
            {file.name}
          </a>{' '}
          <span className="e-soft e-small">
            <Trans>{formatNumber(Math.ceil(file.bytes / 1024))} Ko</Trans>
          </span>
        </li>
      ))}
    </ul>
  );
}
