export function readEnvText(text: string, file: string): Record<string, string>;
export function loadEnvFiles(
  folder: string,
  environment: Record<string, string | undefined>,
  mode: 'development' | 'production' | 'test',
): void;
