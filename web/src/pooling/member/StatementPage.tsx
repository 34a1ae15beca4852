import { Trans, useLingui } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import type { Statement, StatementLine } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { useHere, useParam } from '../../members/common';
import '../../members/members.css';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { ShareBar } from '../charts';
import { euros } from '../money';
import { callWords } from '../words';
import '../pooling.css';
import { InvoiceButton } from './InvoiceButton';

/** "Why do I pay this?": every line with what is shared, the key in words, and each step from there to the amount. */
export function StatementPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const year = useParam('year');
  const statement = useGet<Statement>(`${api}/contributions/${year}`);
  return (
    <Loaded query={statement} title={t`Contribution ${year}`}>
      {(found) => <Explained statement={found} />}
    </Loaded>
  );
}

function Explained({ statement }: { statement: Statement }) {
  const { t, i18n } = useLingui();
  const { page, api } = useHere();
  const { year, call, lines, amount, paid, balance, payments, earlier, countedOn } = statement;
  const files = `${api}/contributions/${year}`;
  return (
    <>
      <PageHeader
        title={t`Contribution ${year}`}
        back={
          <Link href={`${page}/contributions`}>
            <Trans>Contributions</Trans>
          </Link>
        }
        lead={
          call && (
            <Trans>
              {i18n._(callWords[call.kind])}, à verser avant le <DateText at={call.dueOn} />.
            </Trans>
          )
        }
        action={
          call && (
            <a className="e-button e-button--primary" href={`${files}/statement.pdf`} download>
              <Download size={18} aria-hidden="true" />
              <span>
                <Trans>Télécharger le décompte (PDF)</Trans>
              </span>
            </a>
          )
        }
      />
      <div className="e-stack">
        {!call && (
          <Message>
            <Trans>Rien n’est encore appelé pour cette année : voici ce que donnerait un appel fait aujourd’hui.</Trans>
          </Message>
        )}
        <div className="m-figures p-amounts">
          <Figure amount={amount} word={call ? t`appelés` : t`prévus`} />
          <Figure amount={paid} word={t`versés`} />
          <Figure amount={balance} word={balance < 0 ? t`trop versés` : t`restent à verser`} />
        </div>
        <section>
          <div className="m-section__head">
            <h2>
              <Trans>Pourquoi ce montant ?</Trans>
            </h2>
            {countedOn && (
              <span className="e-soft">
                <Trans>
                  Chiffres du <DateText at={countedOn} />
                </Trans>
              </span>
            )}
          </div>
          <div className="e-stack">
            {lines.map((line) => (
              <Line key={`${line.agreement} ${line.label}`} line={line} />
            ))}
          </div>
        </section>
        {earlier.length > 0 && (
          <section>
            <h2>
              <Trans>Appels précédents de cette année</Trans>
            </h2>
            <ul>
              {earlier.map((one) => (
                <li key={one.kind}>
                  <Trans>
                    {i18n._(callWords[one.kind])} : {euros(one.amount)} ({amount - one.amount > 0 ? '+' : ''}
                    {euros(amount - one.amount)} depuis)
                  </Trans>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <div className="m-section__head">
            <h2>
              <Trans>Versements</Trans>
            </h2>
          </div>
          {payments.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucun versement n’a encore été noté.</Trans>
            </p>
          ) : (
            <DataTable
              label={t`Versements`}
              rows={payments.map((one, at) => ({ ...one, at }))}
              rowId={(one) => String(one.at)}
              columns={[
                { id: 'on', title: t`Reçu le`, cell: (one) => <DateText at={one.receivedOn} /> },
                { id: 'note', title: t`Référence`, cell: (one) => one.note ?? '' },
                { id: 'amount', title: t`Montant`, align: 'end', cell: (one) => euros(one.amount) },
              ]}
            />
          )}
        </section>
        {call && (
          <div className="m-acts">
            <a className="e-button e-button--quiet" href={`${files}/statement.csv`} download>
              <Download size={18} aria-hidden="true" />
              <span>
                <Trans>Tableau (CSV)</Trans>
              </span>
            </a>
            <InvoiceButton href={`${files}/invoice.xml`} name={`contribution-${year}.xml`} />
          </div>
        )}
      </div>
    </>
  );
}

function Figure({ amount, word }: { amount: number; word: string }) {
  return (
    <div className="m-figure">
      <span className="m-figure__number">{euros(Math.abs(amount))}</span>
      <span className="m-figure__word">{word}</span>
    </div>
  );
}

function Line({ line }: { line: StatementLine }) {
  const percent = line.shared > 0 ? Math.round((line.amount / line.shared) * 1000) / 10 : 0;
  return (
    <article className="e-card e-stack e-stack--tight">
      <div className="p-line-head">
        <h3>{line.label}</h3>
        <span className="p-amount">{euros(line.amount)}</span>
      </div>
      <ShareBar part={line.amount} whole={line.shared} />
      <p className="e-soft">
        <Trans>
          {formatNumber(percent)} % des {euros(line.shared)} partagés · convention {line.agreement}
        </Trans>
      </p>
      <p>
        <strong>
          <Trans>Clé : {line.keyName}.</Trans>
        </strong>{' '}
        {line.keyText}
      </p>
      <ol className="p-reasons">
        {line.reasons.map((reason, at) => (
          <li key={at}>{reason.text}</li>
        ))}
      </ol>
    </article>
  );
}
