"""A door to a server on loopback that holds back what passes, as a long way would.

usage: latency.py PORT MILLISECONDS      prints the port that it listens at
"""
import asyncio
import sys

target, delay = int(sys.argv[1]), float(sys.argv[2]) / 1000


async def pump(reader, writer):
    waiting = asyncio.Queue()
    clock = asyncio.get_running_loop().time

    async def deliver():
        while True:
            due, data = await waiting.get()
            await asyncio.sleep(max(0, due - clock()))
            if not data:
                writer.close()
                return
            writer.write(data)
            await writer.drain()

    delivery = asyncio.create_task(deliver())
    data = b"."
    while data:
        try:
            data = await reader.read(65536)
        except OSError:
            data = b""
        await waiting.put((clock() + delay, data))
    await delivery


async def meet(reader, writer):
    await asyncio.sleep(2 * delay)  # the handshake
    there = await asyncio.open_connection("127.0.0.1", target)
    await asyncio.gather(pump(reader, there[1]), pump(there[0], writer), return_exceptions=True)


async def main():
    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
