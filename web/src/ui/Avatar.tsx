import './Avatar.css';

/** Stands beside a name and helps the eye down a list; says nothing aloud. */
export function Avatar({ person, large }: { person: { givenName: string; usualName: string }; large?: boolean }) {
  return (
    <span className={large ? 'e-initials e-initials--large' : 'e-initials'} aria-hidden="true">
      {person.givenName.charAt(0)}
      {person.usualName.charAt(0)}
    </span>
  );
}
