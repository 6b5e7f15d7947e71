// The peer socket.io: what one socket says is passed on to the room. No sign-in, no database, nothing is kept.
// node socketio.js PORT BYTES

const { createServer } = require("node:http");
const { Server } = require("socket.io");

const [port, bytes] = process.argv.slice(2).map(Number);
const http = createServer();
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  socket.join("room");
  socket.on("note", (said) => {
    io.to("room").emit("note", { said, html: "-".repeat(Math.max(0, bytes - said.length - 34)) });
  });
});
http.listen(port, "127.0.0.1");
