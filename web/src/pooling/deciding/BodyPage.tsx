import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { address, api as call } from '../../api/client';
import type { BodyDetail, Meeting, MeetingDetail, Seat } from '../../api/pooling';
import { refresh, useGet, useList, useMyself } from '../../api/queries';
import type { DirectoryEntry, Page } from '../../api/types';
import { useParam } from '../../members/common';
import '../../members/members.css';
import { useTyped } from '../../members/people/useTyped';
import { go } from '../../navigation';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Choices';
import { ComboBox } from '../../ui/ComboBox';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import '../pooling.css';
import { SeatFields, type SeatWeight } from './SeatFields';
import { momentOf, WhenFields, type When } from './WhenFields';
import { majorityWords, meetingTones, meetingWords } from './words';

/** One body: who sits in it and with how many voices, who speaks for each seat, and its meetings. */
export function BodyPage() {
  const { t } = useLingui();
  const body = useGet<BodyDetail>(`/api/pooling/bodies/${useParam('body')}`);
  return (
    <Loaded query={body} title={t`Instance`}>
      {(one) => <Shown one={one} />}
    </Loaded>
  );
}

function Shown({ one }: { one: BodyDetail }) {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const runs = rights.includes('OPERATE');
  const [asked, setAsked] = useState<'meeting' | 'seats' | Seat | null>(null);
  const meetings = useGet<Meeting[]>('/api/pooling/meetings');
  const remove = async (delegate: string) => {
    await call.delete(`/api/operator/pooling/bodies/${one.id}/delegates/${delegate}`);
    await refresh('/api/pooling/bodies');
  };
  return (
    <>
      <PageHeader
        title={one.name}
        back={
          <Link href="/operator/bodies">
            <Trans>Instances</Trans>
          </Link>
        }
        lead={
          <>
            {one.purpose && `${one.purpose} `}
            <Trans>
              Quorum : {one.quorumPercent} % des sièges. {i18n._(majorityWords[one.majority])}.
            </Trans>
          </>
        }
        action={
          runs && (
            <Button variant="primary" icon={CalendarPlus} onPress={() => setAsked('meeting')}>
              <Trans>Préparer une séance</Trans>
            </Button>
          )
        }
      />
      <div className="e-stack">
        <section>
          <div className="m-section__head">
            <h2>
              <Trans>Sièges</Trans>
            </h2>
            {runs && (
              <Button onPress={() => setAsked('seats')}>
                <Trans>Modifier les sièges</Trans>
              </Button>
            )}
          </div>
          <ul className="m-list">
            {one.seatList.map((seat) => (
              <li key={seat.id} className="m-line">
                <div className="m-line__main">
                  <strong>{seat.name}</strong>{' '}
                  <span className="e-soft">
                    <Plural value={seat.weight} one="# voix" other="# voix" />
                  </span>
                  {seat.delegates.length === 0 && (
                    <p>
                      <Badge tone="warn">{t`Personne n’y siège`}</Badge>
                    </p>
                  )}
                  {seat.delegates.map((delegate) => (
                    <p key={delegate.id}>
                      {fullName(delegate.person)} <span className="e-soft">{delegate.function}</span> {delegate.substitute && <Badge>{t`suppléance`}</Badge>} {!delegate.live && <Badge tone="bad">{t`n’est plus en fonction`}</Badge>}{' '}
                      {runs && (
                        <Button variant="plain" aria-label={t`Retirer ${fullName(delegate.person)}`} onPress={() => void remove(delegate.id)}>
                          <Trans>Retirer</Trans>
                        </Button>
                      )}
                    </p>
                  ))}
                </div>
                {runs && (
                  <Button aria-label={t`Désigner une personne pour ${seat.name}`} onPress={() => setAsked(seat)}>
                    <Trans>Désigner</Trans>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2>
            <Trans>Séances</Trans>
          </h2>
          <Loaded query={meetings}>
            {(all) => {
              const own = all.filter((meeting) => meeting.body === one.id);
              return own.length === 0 ? (
                <EmptyState title={t`Aucune séance n’est encore préparée`} />
              ) : (
                <ul className="m-list">
                  {own.map((meeting) => (
                    <li key={meeting.id} className="m-line">
                      <div className="m-line__main">
                        <Link href={`/pooling/meetings/${meeting.id}`}>{meeting.title}</Link>
                        <p className="e-soft">
                          <DateText at={meeting.at} style="datetime" /> · <Plural value={meeting.items} one="# point" other="# points" />
                        </p>
                      </div>
                      <Badge tone={meetingTones[meeting.state]}>{i18n._(meetingWords[meeting.state])}</Badge>
                    </li>
                  ))}
                </ul>
              );
            }}
          </Loaded>
        </section>
      </div>
      {asked === 'meeting' && <NewMeeting body={one} onClose={() => setAsked(null)} />}
      {asked === 'seats' && <ChangeSeats body={one} onClose={() => setAsked(null)} />}
      {asked !== null && typeof asked === 'object' && <NewDelegate body={one} seat={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function NewMeeting({ body, onClose }: { body: BodyDetail; onClose: () => void }) {
  const { t } = useLingui();
  const [title, setTitle] = useState('');
  const [when, setWhen] = useState<When>({ day: null, time: '14:00', place: '' });
  const at = momentOf(when);
  const save = async () => {
    const made = await call.post<MeetingDetail>('/api/operator/pooling/meetings', { body: body.id, title: title.trim(), at, place: when.place.trim() });
    await refresh('/api/pooling/meetings');
    go(`/pooling/meetings/${made.id}`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Préparer une séance`} confirm={t`Préparer la séance`} isDisabled={!title.trim() || !at} onConfirm={save}>
      <TextField label={t`Titre`} value={title} onChange={setTitle} isRequired maxLength={200} />
      <WhenFields value={when} onChange={setWhen} />
    </ConfirmDialog>
  );
}

function ChangeSeats({ body, onClose }: { body: BodyDetail; onClose: () => void }) {
  const { t } = useLingui();
  const [seats, setSeats] = useState<SeatWeight[]>(body.seatList.map(({ member, weight }) => ({ member, weight })));
  const save = async () => {
    await call.put(`/api/operator/pooling/bodies/${body.id}/seats`, { version: body.version, seats });
    await refresh('/api/pooling/bodies');
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Modifier les sièges`} confirm={t`Enregistrer les sièges`} isDisabled={seats.length === 0} onConfirm={save}>
      <SeatFields seats={seats} onChange={setSeats} />
    </ConfirmDialog>
  );
}

/** A seat is held through a capacity: when that ends, so does the seat. */
function NewDelegate({ body, seat, onClose }: { body: BodyDetail; seat: Seat; onClose: () => void }) {
  const { t } = useLingui();
  const [q, setQ] = useState('');
  const [typed, setTyped] = useTyped(q, setQ);
  const [affiliation, setAffiliation] = useState<string | null>(null);
  const [substitute, setSubstitute] = useState(false);
  const found = useList<Page<DirectoryEntry>>(address('/api/directory/people', { q, member: seat.member, limit: 20 }));
  const options = (found.data?.items ?? []).flatMap((entry) =>
    entry.affiliations.filter((one) => one.member.id === seat.member).map((one) => ({ value: one.id, label: `${fullName(entry.person)} · ${one.function}` })),
  );
  const save = async () => {
    await call.post(`/api/operator/pooling/bodies/${body.id}/delegates`, { seat: seat.id, affiliation, substitute });
    await refresh('/api/pooling/bodies');
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Désigner une personne pour ${seat.name}`} confirm={t`Désigner`} isDisabled={!affiliation} onConfirm={save}>
      <ComboBox label={t`Personne et fonction`} value={affiliation} onChange={setAffiliation} options={options} text={typed} onText={setTyped} placeholder={t`Tapez un nom`} isRequired />
      <Checkbox isSelected={substitute} onChange={setSubstitute}>
        <Trans>En suppléance</Trans>
      </Checkbox>
    </ConfirmDialog>
  );
}
