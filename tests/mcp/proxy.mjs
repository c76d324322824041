// A proxy on loopback that adds the bearer header and passes everything else on,
// Host and Origin too: the conformance suite has no option for credentials.
// node proxy.mjs LISTEN_PORT SERVER_PORT TOKEN
import http from 'node:http';

const [listen, port, token] = process.argv.slice(2);

http.createServer((request, response) => {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const onward = http.request({ host: '127.0.0.1', port, method: request.method,
    path: request.url, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  request.pipe(onward);
}).listen(Number(listen), '127.0.0.1');
