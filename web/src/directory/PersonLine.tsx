import { useLingui } from '@lingui/react/macro';
import { Mail, Phone } from 'lucide-react';
import type { DirectoryEntry } from '../api/types';
import { Avatar } from '../ui/Avatar';
import { CapacityChip } from '../ui/CapacityChip';
import { fullName } from '../ui/format';
import { Link } from '../ui/Link';
import '../ui/Lines.css';
import './PersonLine.css';

/** One person in a list: who, as what, and how to reach them. */
export function PersonLine({ entry }: { entry: DirectoryEntry }) {
  const { t } = useLingui();
  const { person, affiliations } = entry;
  const name = fullName(person);
  const address = affiliations.find((one) => one.address)?.address;
  const phone = affiliations.find((one) => one.phone)?.phone;
  return (
    <li className="e-line e-person">
      <Avatar person={person} />
      <div className="e-line__main">
        <Link href={`/directory/people/${person.id}`} variant="bare" className="e-person__name">
          {name}
        </Link>
        <ul className="e-person__capacities">
          {affiliations.map((one) => (
            <li key={one.id}>
              <CapacityChip capacity={one} />
            </li>
          ))}
        </ul>
      </div>
      <div className="e-line__side e-person__reach">
        {phone && (
          <a href={`tel:${phone.replaceAll(' ', '')}`} aria-label={t`Appeler ${name} au ${phone}`}>
            <Phone size={16} aria-hidden="true" /> <span className="e-nowrap e-numbers">{phone}</span>
          </a>
        )}
        {address && (
          <a href={`mailto:${address}`} aria-label={t`Écrire à ${name}, ${address}`}>
            <Mail size={16} aria-hidden="true" /> <span>{address}</span>
          </a>
        )}
      </div>
    </li>
  );
}
