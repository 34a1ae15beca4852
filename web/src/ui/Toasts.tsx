import { useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Button } from './Button';
import './Toasts.css';

interface Toast {
  id: number;
  tone: 'info' | 'good' | 'bad';
  text: string;
  action?: { label: string; onPress: () => void };
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Says in a corner that something has been done. What went wrong, and what has an action, stays until it is dismissed. */
export function toast(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
  const id = ++last;
  const tone = options.tone ?? 'good';
  change([...toasts.slice(-2), { id, text, tone, action: options.action }]);
  if (tone !== 'bad' && !options.action) window.setTimeout(() => dismiss(id), 7000);
}

const icons = { info: Info, good: CircleCheck, bad: CircleAlert };

export function Toasts() {
  const { t } = useLingui();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <section className="e-toasts" aria-label={t`Messages`} aria-live="polite">
      {shown.map((one) => {
        const Icon = icons[one.tone];
        return (
          <div key={one.id} className={`e-toast e-toast--${one.tone}`}>
            <Icon size={20} aria-hidden="true" />
            <p>{one.text}</p>
            {one.action && (
              <Button
                variant="plain"
                onPress={() => {
                  one.action?.onPress();
                  dismiss(one.id);
                }}
              >
                {one.action.label}
              </Button>
            )}
            <AriaButton className="e-field__button" aria-label={t`Fermer ce message`} onPress={() => dismiss(one.id)}>
              <X size={18} aria-hidden="true" />
            </AriaButton>
          </div>
        );
      })}
    </section>
  );
}
