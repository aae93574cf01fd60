import { Text } from '@react-email/components';
import { light, mono } from './palette';

/** Longer codes are set smaller, so that none wraps on a phone. @param digits 6 to 20 */
function codeLook(digits: number): { fontSize: string; letterSpacing: string } {
  if (digits <= 8) return { fontSize: '34px', letterSpacing: '0.2em' };
  return digits <= 10 ? { fontSize: '27px', letterSpacing: '0.16em' } : { fontSize: '16px', letterSpacing: '0.06em' };
}

/** `code` is one run of text, so that a double click or a long press takes all of it. */
export function CodeBlock({ code, digits }: { code: string; digits: number }) {
  return (
    <Text
      className="lk-code"
      style={{
        ...codeLook(digits),
        margin: '18px 0',
        padding: '16px 8px',
        textAlign: 'center',
        fontFamily: mono,
        fontWeight: 600,
        lineHeight: '1.2',
        color: light.brass,
        backgroundColor: light.brassSoft,
        borderRadius: '8px',
        userSelect: 'all',
        WebkitUserSelect: 'all',
      }}
    >
      {code}
    </Text>
  );
}
