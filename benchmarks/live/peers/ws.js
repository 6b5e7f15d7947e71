// The peer `ws`: what one socket says is passed on to all of them. No sign-in, no database, nothing is kept.
// node ws.js PORT BYTES

const { WebSocketServer } = require("ws");

const [port, bytes] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({ port, host: "127.0.0.1" });

server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const said = data.toString();
    const note = JSON.stringify({ said, html: "-".repeat(Math.max(0, bytes - said.length - 24)) });
    for (const each of server.clients) {
      each.send(note);
    }
  });
});
