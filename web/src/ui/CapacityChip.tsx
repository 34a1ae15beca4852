import type { Capacity, MemberRef } from '../api/types';
import './CapacityChip.css';

/** In which capacity: the function and its member, under the member's colour. */
export function CapacityChip({ capacity }: { capacity: Pick<Capacity, 'function' | 'member'> }) {
  return (
    <span className="e-chip" data-member={capacity.member.colour}>
      <span className="e-chip__band" aria-hidden="true" />
      <span className="e-chip__text">
        {capacity.function}, <strong>{capacity.member.name}</strong>
      </span>
    </span>
  );
}

/** A member by its name, under its colour. */
export function MemberChip({ member }: { member: Pick<MemberRef, 'name' | 'colour'> }) {
  return (
    <span className="e-chip" data-member={member.colour}>
      <span className="e-chip__band" aria-hidden="true" />
      <span className="e-chip__text">{member.name}</span>
    </span>
  );
}
